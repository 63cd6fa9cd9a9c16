/** What is unlocked over and over. */
export const bucket = "bench-orders-data";
