// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: children are put together in the order of the proof
import {
  Account, assert, BigUint, BoxMap, bytes, Contract, GlobalState, op, readonly, Txn, uint64,
} from '@algorandfoundation/algorand-typescript'

export class RootOfGuests extends Contract {
  root = GlobalState<bytes<32>>()
  inside = GlobalState<uint64>({ initialValue: 0 })
  guests = BoxMap<Account, uint64>({ keyPrefix: 'g' })

  createApplication(root: bytes<32>): void {
    this.root.value = root
  }

  enter(proof: bytes<32>[]): uint64 {
    let node: bytes<32> = op.sha256(Txn.sender.bytes)
    for (const sibling of proof) {
      const siblingFirst = BigUint(sibling) < BigUint(node)
      node = op.sha256(node.concat(sibling))
    }
    assert(node === this.root.value, 'not invited')
    assert(!this.guests(Txn.sender).exists, 'already inside')
    this.inside.value += 1
    this.guests(Txn.sender).value = this.inside.value
    return this.inside.value
  }

  @readonly
  isInside(guest: Account): boolean {
    return this.guests(guest).exists
  }
}
