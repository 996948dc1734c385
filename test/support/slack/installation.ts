/** What the app was given when it was installed, and whether a call may be made with it. */
import { Refusal } from "./content.ts";
import type { Method } from "./methods.ts";
import type { Json } from "./workspace.ts";

/** A test changes it while the app runs. */
export interface Installation {
  readonly botToken: string;
  readonly appToken: string;
  scopes: ReadonlySet<string>;
  appScopes: ReadonlySet<string>;
  /** The error that every call with the bot token meets: null while all is well. */
  revoked: "token_revoked" | "account_inactive" | "invalid_auth" | null;
}

/** Throws the `Refusal` that this token and these scopes meet; returns where the call may be made. */
export function refuseUnlessAllowed(
  installation: Installation,
  method: Method,
  args: Json,
  authorization: string | undefined,
): void {
  const token = authorization?.replace(/^Bearer\s+/i, "");
  if (!token) throw new Refusal("not_authed");
  const kind = token === installation.botToken ? "bot" : token === installation.appToken ? "app" : null;
  if (kind === null) throw new Refusal("invalid_auth");
  if (kind === "bot" && installation.revoked) throw new Refusal(installation.revoked);
  const wanted = method.token ?? "bot";
  if (wanted !== "any" && wanted !== kind) throw new Refusal("not_allowed_token_type");
  const needed = method.scopes(args);
  const held = method.token === "app" ? installation.appScopes : installation.scopes;
  if (needed.length === 0 || needed.some((scope) => held.has(scope))) return;
  throw new Refusal("missing_scope", [], { needed: needed.join(","), provided: [...held].join(",") });
}
