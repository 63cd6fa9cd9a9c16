/**
 * Remembers what a pure function has answered lately, so that what many requests ask is worked out once.
 *
 * @param most how many answers are kept; the oldest make room
 * @returns the same function, which must not depend on anything but its argument; what it throws is not remembered
 * @example const parsed = withLatestAnswers(1000, (text) => parsePolicy(text));
 */
export function withLatestAnswers<Answer>(
  most: number,
  work: (question: string) => Answer,
): (question: string) => Answer {
  const answers = new Map<string, Answer>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = work(question);
    answers.set(question, answer);
    const [oldest] = answers.keys();
    if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}
