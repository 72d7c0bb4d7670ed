// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  abimethod, Application, assert, Contract, Global, GlobalState, gtxn, itxn, readonly, uint64,
} from '@algorandfoundation/algorand-typescript'
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Ferry } from './ferry.algo'

export class FerryAgent extends Contract {
  commissions = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  book(ferry: Application, fare: uint64, payment: gtxn.PaymentTxn): uint64 {
    assert(payment.receiver === Global.currentApplicationAddress, 'pay the agency')
    const commission: uint64 = (fare + 19) / 20
    assert(payment.amount === fare + commission, 'wrong amount')
    this.commissions.value += commission
    const { returnValue } = abiCall({
      method: Ferry.prototype.board,
      appId: ferry,
      args: [itxn.payment({ receiver: ferry.address, amount: fare, fee: 0 })],
      fee: 0,
    })
    return returnValue
  }

  @readonly
  earned(): uint64 {
    return this.commissions.value
  }
}
