/** What becomes of something that somebody configured: taken as it is, or refused with a sentence for each reason. */
export type Reviewed<T> = { readonly accepted: T } | Refused;

export interface Refused {
  readonly problems: readonly string[];
}

/** @example refused("aws:region: there is no IAM Identity Center instance in Region eu-west-1.") */
export function refused(...problems: readonly string[]): Refused {
  return { problems };
}

/** The problems of several reviews together, in their order. */
export function problemsOf(...reviews: readonly Reviewed<unknown>[]): readonly string[] {
  return reviews.flatMap((review) => ("problems" in review ? review.problems : []));
}

/** Accepts a list only when each of its items is accepted. */
export function allAccepted<T>(reviews: readonly Reviewed<T>[]): Reviewed<readonly T[]> {
  if (reviews.some((review) => "problems" in review)) return refused(...problemsOf(...reviews));
  return { accepted: reviews.flatMap((review) => ("accepted" in review ? [review.accepted] : [])) };
}

/** What a review accepted, or something to go on with where its problems are reported anyway. */
export function acceptedOr<T>(instead: T, review: Reviewed<T>): T {
  return "accepted" in review ? review.accepted : instead;
}
