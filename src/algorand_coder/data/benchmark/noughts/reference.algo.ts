// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Account, assert, clone, Contract, ensureBudget, FixedArray, Global, GlobalState, readonly, Txn, uint64,
  urange,
} from '@algorandfoundation/algorand-typescript'

type Board = FixedArray<uint64, 9>

function owns(board: Board, mark: uint64, a: uint64, b: uint64, c: uint64): boolean {
  return board[a] === mark && board[b] === mark && board[c] === mark
}

function hasWon(board: Board, mark: uint64): boolean {
  for (const i of urange(3)) {
    if (owns(clone(board), mark, i * 3, i * 3 + 1, i * 3 + 2)) return true
    if (owns(clone(board), mark, i, i + 3, i + 6)) return true
  }
  return owns(clone(board), mark, 0, 4, 8) || owns(clone(board), mark, 2, 4, 6)
}

export class Noughts extends Contract {
  opponent = GlobalState<Account>()
  squares = GlobalState<Board>({ initialValue: new FixedArray<uint64, 9>(0, 0, 0, 0, 0, 0, 0, 0, 0) })
  moves = GlobalState<uint64>({ initialValue: 0 })
  result = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  join(): void {
    assert(!this.opponent.hasValue, 'seat taken')
    assert(Txn.sender !== Global.creatorAddress, 'you play crosses')
    this.opponent.value = Txn.sender
  }

  @abimethod()
  play(square: uint64): uint64 {
    assert(this.opponent.hasValue, 'no opponent')
    assert(this.result.value === 0, 'game over')
    const mark: uint64 = (this.moves.value % 2) + 1
    assert(Txn.sender === (mark === 1 ? Global.creatorAddress : this.opponent.value), 'not your turn')
    assert(square < 9, 'no such square')
    ensureBudget(1400)
    const board = clone(this.squares.value)
    assert(board[square] === 0, 'occupied')
    board[square] = mark
    this.squares.value = clone(board)
    this.moves.value += 1
    if (hasWon(clone(board), mark)) {
      this.result.value = mark
    } else if (this.moves.value === 9) {
      this.result.value = 3
    }
    return this.result.value
  }

  @readonly
  board(): Board {
    return this.squares.value
  }
}
