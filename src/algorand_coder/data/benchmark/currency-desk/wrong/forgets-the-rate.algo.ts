// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: lastRate stays at zero
import { abimethod, Application, Contract, readonly, uint64 } from '@algorandfoundation/algorand-typescript'
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Oracle } from './oracle.algo'

export class CurrencyDesk extends Contract {
  @abimethod()
  convert(oracle: Application, currency: string, amount: uint64): uint64 {
    const { returnValue } = abiCall({ method: Oracle.prototype.rateOf, appId: oracle, args: [currency], fee: 0 })
    return (amount * returnValue) / 1000
  }

  @readonly
  lastRate(): uint64 {
    return 0
  }
}
