import type { BatchResultErrorEntry } from "@aws-sdk/client-sqs";
import { AwsFault } from "../../aws-fault.ts";

const mostEntries = 10;

/** @throws AwsFault for a batch that SQS refuses as a whole */
export function checkBatch(entryName: string, entries: readonly { readonly Id: string | undefined }[]): void {
  if (entries.length === 0) {
    throw batchFault("EmptyBatchRequest", `There should be at least one ${entryName} in the request.`);
  }
  if (entries.length > mostEntries) {
    throw batchFault(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${mostEntries}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map(({ Id }) => Id ?? "");
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) {
    throw batchFault(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  }
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw batchFault("BatchEntryIdsNotDistinct", `Id ${repeated} repeated.`);
}

/** Carries out each entry by itself: one that fails does not stop the others. */
export function performBatch<Entry extends { readonly Id: string | undefined }, Result extends object>(
  entries: readonly Entry[],
  perform: (entry: Entry) => Result,
): { Successful: (Result & { Id: string })[]; Failed: BatchResultErrorEntry[] } {
  const Successful: (Result & { Id: string })[] = [];
  const Failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const Id = entry.Id ?? "";
    try {
      Successful.push({ ...perform(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}

function batchFault(shape: string, message: string): AwsFault {
  return new AwsFault(`AWS.SimpleQueueService.${shape}`, message, { shape });
}
