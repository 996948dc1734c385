/** Reads the address of a feed as people and lists write it. */
import { webAddress } from "../corpus/read/meta-values.ts";

/** The address in its normal form, also of `feed://…` and `feed:https://…`; null for anything but http and https, and with a password. */
export function feedAddress(value: string | undefined): string | null {
  const written = value
    ?.trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, "")
    .replace(/^feed:\/\//i, "http://");
  const url = URL.parse(webAddress(written) ?? "");
  if (url?.username !== "" || url.password !== "") return null;
  url.hash = "";
  return url.href;
}
