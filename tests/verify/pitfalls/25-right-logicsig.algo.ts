// fact 25: passes
import { LogicSig, TemplateVar, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

const FEE = TemplateVar<uint64>('FEE')

export class Demo extends LogicSig {
  program(): boolean {
    return Txn.fee < FEE
  }
}
