/** What every answer carries so that a browser keeps strangers' text and strangers' pages from doing anything. */
import type { MiddlewareHandler } from "hono";

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const unused = ["camera", "geolocation", "microphone", "payment", "usb", "serial", "hid", "display-capture"];

/** The headers, also for answers that no page stands behind. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  // Within these pages only: where a document is opened from is nobody else's business.
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": unused.map((feature) => `${feature}=()`).join(", "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Robots-Tag": "noindex",
};

/** Sets them on every answer, and keeps pages out of shared caches unless they say otherwise. */
export const withSafetyHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(safetyHeaders)) c.header(name, value);
  if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "private, no-cache");
};
