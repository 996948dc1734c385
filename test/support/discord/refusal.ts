/** How Discord says no: an HTTP status, a code of its own and a sentence. */

/** One thing that is wrong in a body, and where: `embeds.0.title`, empty for the body itself. */
export interface Complaint {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Codes as https://docs.discord.com/developers/topics/opcodes-and-status-codes lists them. */
const known = {
  unauthorized: [401, 0, "401: Unauthorized"],
  notFound: [404, 0, "404: Not Found"],
  methodNotAllowed: [405, 0, "405: Method Not Allowed"],
  unknownApplication: [404, 10002, "Unknown Application"],
  unknownChannel: [404, 10003, "Unknown Channel"],
  unknownGuild: [404, 10004, "Unknown Guild"],
  unknownMember: [404, 10007, "Unknown Member"],
  unknownMessage: [404, 10008, "Unknown Message"],
  unknownUser: [404, 10013, "Unknown User"],
  unknownWebhook: [404, 10015, "Unknown Webhook"],
  unknownInteraction: [404, 10062, "Unknown interaction"],
  unknownCommand: [404, 10063, "Unknown application command"],
  tooManyFollowups: [400, 40094, "This interaction has reached the maximum number of follow up messages"],
  acknowledged: [400, 40060, "Interaction has already been acknowledged."],
  missingAccess: [403, 50001, "Missing Access"],
  notAuthor: [403, 50005, "Cannot edit a message authored by another user"],
  empty: [400, 50006, "Cannot send an empty message"],
  cannotMessageUser: [403, 50007, "Cannot send messages to this user"],
  missingPermissions: [403, 50013, "Missing Permissions"],
  wrongChannelType: [400, 50024, "Cannot execute action on this channel type"],
  invalidWebhookToken: [401, 50027, "Invalid Webhook Token"],
  invalidForm: [400, 50035, "Invalid Form Body"],
  archived: [400, 50083, "Thread is archived"],
  invalidJson: [400, 50109, "The request body contains invalid JSON."],
  threadExists: [400, 160004, "A thread has already been created for this message"],
  threadLocked: [403, 160005, "Thread is locked"],
  noHistory: [403, 160002, "Cannot reply without permission to read message history"],
} as const;

/** The names under which Discord's refusals are known here. */
export type RefusalName = keyof typeof known;

/** Thrown by what answers a request; becomes the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly complaints: readonly Complaint[];

  constructor(name: RefusalName, complaints: readonly Complaint[] = []) {
    const [status, code, message] = known[name];
    super(message);
    this.status = status;
    this.code = code;
    this.complaints = complaints;
  }

  /** The body of the answer. */
  get body(): Readonly<Record<string, unknown>> {
    const base = { message: this.message, code: this.code };
    return this.complaints.length === 0 ? base : { ...base, errors: nested(this.complaints) };
  }
}

interface Nest {
  [key: string]: Nest | readonly unknown[];
}

/** Complaints under their paths, as Discord nests them. */
function nested(complaints: readonly Complaint[]): Nest {
  const tree: Nest = {};
  for (const { path, code, message } of complaints) {
    let at = tree;
    for (const step of path.split(".").filter(Boolean)) {
      at[step] ??= {};
      at = at[step] as Nest;
    }
    at._errors = [...((at._errors as readonly unknown[]) ?? []), { code, message }];
  }
  return tree;
}

/** Throws "Invalid Form Body" when there is anything to complain of. */
export function refuseForm(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new Refusal("invalidForm", complaints);
}
