// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: one party may agree twice
import { Account, assert, Contract, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const SELLER: uint64 = 1
const BUYER: uint64 = 2

export class HouseDeal extends Contract {
  parties = GlobalState<[Account, Account, Account]>()
  voices = GlobalState<[uint64, uint64, uint64]>({ initialValue: [0, 0, 0] })
  settled = GlobalState<boolean>({ initialValue: false })

  createApplication(seller: Account, arbiter: Account): void {
    const buyer = Txn.sender
    assert(seller !== arbiter && seller !== buyer && arbiter !== buyer, 'roles must differ')
    this.parties.value = [buyer, seller, arbiter]
  }

  agree(): boolean {
    return this.decide(SELLER)
  }

  cancel(): boolean {
    return this.decide(BUYER)
  }

  private decide(voice: uint64): boolean {
    assert(!this.settled.value, 'settled')
    const [buyer, seller, arbiter] = this.parties.value
    let [first, second, third] = this.voices.value
    if (Txn.sender === buyer) {
      first = voice
    } else if (Txn.sender === seller) {
      second = voice
    } else {
      assert(Txn.sender === arbiter, 'not part of the deal')
      if (third === voice) first = voice
      third = voice
    }
    this.voices.value = [first, second, third]
    const twoAgree =
      (first === voice && second === voice) || (first === voice && third === voice) || (second === voice && third === voice)
    if (!twoAgree) return false
    this.settled.value = true
    const winner = voice === SELLER ? seller : buyer
    itxn.payment({ receiver: winner, closeRemainderTo: winner, fee: 0 }).submit()
    return true
  }
}
