// fact 29: passes
import { Box, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  one = Box<uint64>({ key: 'o' })
  two = GlobalState<uint64>()
  
  run(): uint64 {
    const has: boolean = this.one.exists
    const [value, there] = this.one.maybe()
    if (has && there && this.two.hasValue) {
      return value
    }
    return this.one.get({ default: 3 })
  }
}
