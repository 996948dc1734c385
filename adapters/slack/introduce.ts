/** Asks Slack who we are, and says what the installation lacks before anybody runs into it. */
import type { Logger } from "../../src/logger.ts";
import { botScopes } from "./access.ts";
import type { Self } from "./receive.ts";
import type { Web } from "./web.ts";

/** Who Dateline is, as receiving and as Bolt need it. */
export interface Introduced extends Self {
  readonly authorization: { readonly botId?: string; readonly botUserId: string; readonly teamId: string };
}

/** Rejects with `configuration` when the token is not accepted, with `platform` when Slack cannot be reached. */
export async function introduce(web: Web, logger: Logger): Promise<Introduced> {
  const { user_id = "", bot_id, team_id = "", response_metadata } = await web.call((client) => client.auth.test());
  const held = response_metadata?.scopes;
  const missing = held ? botScopes.filter((scope) => !held.includes(scope)) : [];
  if (missing.length > 0)
    logger.warn(
      `The Slack app lacks ${missing.join(", ")}, so a part of Dateline will not work. Add what is missing under “OAuth & Permissions” and install the app again.`,
    );
  return {
    userId: user_id,
    botId: bot_id ?? null,
    workspace: team_id,
    authorization: { botUserId: user_id, teamId: team_id, ...(bot_id ? { botId: bot_id } : {}) },
  };
}
