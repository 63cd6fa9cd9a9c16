/** Whether a text can be read as bytes. The SDK's reader takes it for granted. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
