import type { GetAccountInformationRequest, GetAccountInformationResponse } from "@aws-sdk/client-account";
import type { Operation } from "../service.ts";
import { addressedAccount, checkAccountId, onAccount } from "./addressed-account.ts";

export const getAccountInformation: Operation<GetAccountInformationRequest, GetAccountInformationResponse> = {
  validate: checkAccountId,
  requires: onAccount,
  perform: (input, call) => {
    const { id, name, joined } = addressedAccount(input, "GetAccountInformation", call);
    return { AccountId: id, AccountName: name, AccountCreatedDate: joined };
  },
};
