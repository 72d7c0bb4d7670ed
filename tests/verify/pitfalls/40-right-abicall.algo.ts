// fact 40: passes
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Application, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Other extends Contract {
  hello(name: string): string {
    return name
  }
}

export class Demo extends Contract {
  run(app: Application): string {
    return abiCall({ method: Other.prototype.hello, appId: app, args: ['a'] }).returnValue
  }
}
