// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { abimethod, Account, Asset, assert, BoxMap, Contract, Global, GlobalState, itxn, Txn, uint64 } from '@algorandfoundation/algorand-typescript'

export class VoucherOffice extends Contract {
  voucher = GlobalState<Asset>()
  claimed = BoxMap<Account, boolean>({ keyPrefix: 'c' })

  @abimethod()
  mint(supply: uint64): uint64 {
    assert(Txn.sender === Global.creatorAddress, 'creator only')
    assert(!this.voucher.hasValue, 'already minted')
    const created = itxn
      .assetConfig({
        assetName: 'Voucher',
        unitName: 'VCHR',
        total: supply,
        decimals: 0,
        manager: Global.currentApplicationAddress,
        fee: 0,
      })
      .submit().createdAsset
    this.voucher.value = created
    return created.id
  }

  @abimethod()
  claim(): void {
    assert(!this.claimed(Txn.sender).exists, 'one each')
    this.claimed(Txn.sender).value = true
    itxn
      .assetTransfer({ xferAsset: this.voucher.value, assetReceiver: Txn.sender, assetAmount: 1, fee: 0 })
      .submit()
  }
}
