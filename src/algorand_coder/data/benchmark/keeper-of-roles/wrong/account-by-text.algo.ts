// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: an address is an Account
import { Account, Asset, assert, Contract, Global, itxn, Txn } from '@algorandfoundation/algorand-typescript'

function configure(token: Asset, manager: Account, reserve: Account): Account {
  assert(Txn.sender === Global.creatorAddress, 'creator only')
  assert(token.manager === Global.currentApplicationAddress, 'not managed here')
  const { freeze, clawback } = token
  itxn.assetConfig({ configAsset: token, manager, reserve, freeze, clawback, fee: 0 }).submit()
  return reserve
}

export class RoleKeeper extends Contract {
  moveReserve(token: Asset, reserve: Account): Account {
    assert(token.reserve !== reserve || Txn.sender !== Global.creatorAddress, 'no change')
    return configure(token, Global.currentApplicationAddress, reserve)
  }

  renounce(token: Asset): Account {
    return configure(token, '', token.reserve)
  }
}
