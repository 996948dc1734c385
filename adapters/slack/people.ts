/** What Slack says of the person who runs a command: what they may do here, and their time zone. */
import type { Inquiry } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { Web } from "./web.ts";

export type Person = Pick<Inquiry, "standing" | "timeZone">;

export interface People {
  /** Asks Slack, and remembers for some minutes. Rejects as every call to Slack does. */
  of(user: string): Promise<Person>;
}

const rememberedMs = 300_000;
/** More people than run commands in that time. */
const mostRemembered = 1000;

/** The fields of `users.info` that are read. */
interface UserLike {
  readonly tz?: string | undefined;
  readonly is_admin?: boolean | undefined;
  readonly is_owner?: boolean | undefined;
  readonly is_restricted?: boolean | undefined;
  readonly is_ultra_restricted?: boolean | undefined;
  readonly is_stranger?: boolean | undefined;
  readonly is_bot?: boolean | undefined;
}

/** Admins and owners manage; guests, and people of other workspaces in shared channels, may only ask. */
export function personOf(user: UserLike): Person {
  const isGuest = [user.is_restricted, user.is_ultra_restricted, user.is_stranger, user.is_bot].includes(true);
  const manages = user.is_admin === true || user.is_owner === true;
  return { standing: isGuest ? "guest" : manages ? "manager" : "member", timeZone: user.tz ?? null };
}

export function createPeople(web: Web, runtime: Runtime): People {
  const known = new Map<string, { readonly person: Person; readonly until: number }>();
  return {
    async of(user) {
      const remembered = known.get(user);
      if (remembered && runtime.monotonic() < remembered.until) return remembered.person;
      const found = await web.call((client) => client.users.info({ user }));
      const person = personOf(found.user ?? {});
      if (known.size >= mostRemembered) known.clear();
      known.set(user, { person, until: runtime.monotonic() + rememberedMs });
      return person;
    },
  };
}
