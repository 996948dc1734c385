/** Says sizes as a person would. */

/** A number of bytes in words: "32 MB", "1 MB", "900 bytes". */
export function sizeInWords(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${Math.round(bytes / 2 ** 20)} MB`;
}
