import { z } from "zod";

/** What the load generator is to send, and for how long. */
export const jobSchema = z.strictObject({
  port: z.int(),
  /** The whole request as it goes over the wire, in base64. */
  request: z.base64(),
  connections: z.int(),
  milliseconds: z.number(),
  /** Ends earlier when so many answers have come. */
  mostAnswers: z.int(),
});

export const reportSchema = z.strictObject({
  answers: z.int(),
  seconds: z.number(),
  /** How much of its core the generator itself was busy, from 0 to 1. */
  busy: z.number(),
  /** The first answer that was not a 200: then the rest is worth nothing. */
  refusal: z.string().optional(),
});

export type Job = z.infer<typeof jobSchema>;
export type Report = z.infer<typeof reportSchema>;
