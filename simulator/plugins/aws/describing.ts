/** Does the work; a failure says what was being done, in the official plugin's words ("creating S3 Bucket (x): …"). */
export async function describing<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`${doing}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
