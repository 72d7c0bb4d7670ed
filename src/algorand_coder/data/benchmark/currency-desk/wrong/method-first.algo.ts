// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: abiCall takes one object that names the method
import { abimethod, Application, Contract, GlobalState, readonly, uint64 } from '@algorandfoundation/algorand-typescript'
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Oracle } from './oracle.algo'

export class CurrencyDesk extends Contract {
  rate = GlobalState<uint64>({ initialValue: 0 })

  @abimethod()
  convert(oracle: Application, currency: string, amount: uint64): uint64 {
    const { returnValue } = abiCall(Oracle.prototype.rateOf, { appId: oracle, args: [currency], fee: 0 })
    this.rate.value = returnValue
    return (amount * returnValue) / 1000
  }

  @readonly
  lastRate(): uint64 {
    return this.rate.value
  }
}
