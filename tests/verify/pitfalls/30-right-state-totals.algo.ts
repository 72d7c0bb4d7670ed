// fact 30: passes
import { Contract, GlobalState, contract, uint64 } from '@algorandfoundation/algorand-typescript'

@contract({ stateTotals: { globalUints: 4 } })
export class Demo extends Contract {
  run(key: string): void {
    const state = GlobalState<uint64>({ key })
    state.value = 1
  }
}
