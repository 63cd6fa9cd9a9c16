import type {
  GetResourceRequestStatusInput,
  GetResourceRequestStatusOutput,
  ListResourceRequestsInput,
  ListResourceRequestsOutput,
} from "@aws-sdk/client-cloudcontrol";
import { nextTokenPage } from "../next-token-page.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkMembers, checkRequestFilter } from "./constraints.ts";
import { invalidToken, requestTokenNotFound } from "./faults.ts";
import { advance, ownRequests, progressEvent } from "./requests.ts";

export const getResourceRequestStatus: Operation<
  Decoded<GetResourceRequestStatusInput>,
  GetResourceRequestStatusOutput
> = {
  validate: checkMembers,
  perform: async ({ RequestToken }, call) => {
    const request = ownRequests(call).find(({ token }) => token === RequestToken);
    if (!request) throw requestTokenNotFound(RequestToken);
    await advance(request, call);
    return { ProgressEvent: progressEvent(request, call) };
  },
};

export const listResourceRequests: Operation<Decoded<ListResourceRequestsInput>, ListResourceRequestsOutput> = {
  validate: (input) => {
    checkMembers(input);
    checkRequestFilter(input.ResourceRequestStatusFilter ?? {});
  },
  perform: async (input, call) => {
    for (const request of ownRequests(call)) await advance(request, call);
    const { Operations, OperationStatuses } = input.ResourceRequestStatusFilter ?? {};
    const events = ownRequests(call)
      .map((request) => progressEvent(request, call))
      .filter(({ Operation }) => !Operations || Operations.some((wanted) => wanted === Operation))
      .filter(
        ({ OperationStatus }) => !OperationStatuses || OperationStatuses.some((wanted) => wanted === OperationStatus),
      )
      .reverse();
    const { items, more } = nextTokenPage(events, input, call, 20, invalidToken);
    return { ResourceRequestStatusSummaries: items, ...more };
  },
};
