// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: abstentions do not take part
import { abimethod, assert, Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class QuorumClerk extends Contract {
  @abimethod({ readonly: true })
  outcome(members: uint64, votesFor: uint64, against: uint64, abstained: uint64): string {
    assert(votesFor + against + abstained <= members, 'too many votes')
    const present: uint64 = votesFor + against
    const third: uint64 = members / 3
    if (present < third || (present === third && members % 3 !== 0)) return 'no quorum'
    return votesFor > against && votesFor >= abstained ? 'carried' : 'rejected'
  }
}
