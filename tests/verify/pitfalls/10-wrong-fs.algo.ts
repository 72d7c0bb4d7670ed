// fact 10: fails at compile
import { readFileSync } from 'fs'
import { Contract } from '@algorandfoundation/algorand-typescript'

export class Demo extends Contract {
  run(): string {
    return readFileSync('a', 'utf8')
  }
}
