import type { LookupEventsRequest } from "@aws-sdk/client-cloudtrail";
import type { TrailEvent } from "../../state/trail.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Call, Decoded } from "../service.ts";
import { invalidNextToken } from "./faults.ts";

type Request = Decoded<LookupEventsRequest>;

/**
 * A page of events, newest first. The trail grows while it is read, by the very calls that read it: the token says how
 * long the trail was at the first page, so that no event is shown twice.
 *
 * @throws AwsFault InvalidNextTokenException
 */
export function lookupPage(
  matches: (event: TrailEvent) => boolean,
  request: Request,
  call: Call,
  size: number,
): { readonly events: readonly TrailEvent[]; readonly more: { readonly NextToken?: string } } {
  const { trail } = call.state;
  const { length, token } = request.NextToken === undefined ? { length: trail.length } : read(request.NextToken);
  const found = trail.slice(0, length).filter(matches).reverse();
  const ofThisLength = { ...request, length, NextToken: token };
  const { items, more } = nextTokenPage(found, ofThisLength, call, size, invalidNextToken);
  if (more.NextToken === undefined) return { events: items, more };
  return { events: items, more: { NextToken: `${length}.${more.NextToken}` } };
}

function read(text: string): { readonly length: number; readonly token: string } {
  const [, length = "", token] = /^(\d{1,15})\.(.+)$/s.exec(text) ?? [];
  if (token === undefined) throw invalidNextToken();
  return { length: Number(length), token };
}
