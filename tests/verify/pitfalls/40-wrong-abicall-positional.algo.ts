// fact 40: fails at types
import { abiCall } from '@algorandfoundation/algorand-typescript/arc4'
import { Application, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class Other extends Contract {
  hello(name: string): string {
    return name
  }
}

export class Demo extends Contract {
  run(app: Application): string {
    return abiCall(Other.prototype.hello, { appId: app, args: ['a'] }).returnValue
  }
}
