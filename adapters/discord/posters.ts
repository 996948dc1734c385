/** How messages reach the place of an interaction: through its token while that lives, and as messages of the app's own. */
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import { limits } from "./limits.ts";
import type { Poster } from "./outbox.ts";
import type { DiscordMessage } from "./render.ts";
import { type Audience, isTooLate, type Respond } from "./respond.ts";
import type { Destination, Label } from "./rest.ts";

/** An interaction, and where it happened. */
export interface Reached {
  /** Where messages go: the thread, else the channel. */
  readonly into: string;
  /** Whether the app can post there, beside answering. */
  readonly inside: boolean;
  readonly respond: Respond;
}

export interface Posters {
  /** Puts the first message in the place of what was deferred, and the others after it. */
  inPlace(given: Reached, audience: Audience): Poster;
  /** Posts for everybody, beside the message whose button was pressed. */
  beside(given: Reached): Poster;
}

/** `own` posts as messages of the app's own. */
export function createPosters(own: (to: Destination) => Poster, logger: Logger): Posters {
  const ownAt = ({ into }: Reached) => own({ channel: into, replyTo: null });

  /** Where the app can post, messages of its own are surer: they carry a nonce, and outlive the token. */
  function pieceOf(given: Reached, audience: Audience): Poster["piece"] {
    if (given.inside && audience === "everyone") return ownAt(given).piece;
    return (message, label) => given.respond.followUp(message, audience, label);
  }

  async function edit(given: Reached, id: string, message: DiscordMessage, label: Label): Promise<void> {
    try {
      await given.respond.edit(id, message, label);
    } catch (error) {
      if (!given.inside || !isTooLate(error)) throw error;
      await ownAt(given).edit(id, message, label);
    }
  }

  /** Where the app is no member Discord takes few messages, and part of an answer would not be the answer. */
  function checkRoom({ inside }: Reached, messages: number): void {
    if (!inside && messages > limits.followUps)
      throw new NewsroomError("platform", "The answer is too long for this place. Ask me in a direct message instead.");
  }

  async function postAll(piece: Poster["piece"], messages: readonly DiscordMessage[], delivery: string, from: number) {
    const posted: string[] = [];
    for (const [index, message] of messages.entries())
      posted.push(await piece(message, { delivery, piece: from + index }));
    return posted;
  }

  return {
    inPlace(given, audience) {
      const piece = pieceOf(given, audience);
      return {
        async post([first, ...rest], delivery) {
          if (!first) return [];
          checkRoom(given, rest.length);
          const label = { delivery, piece: 0 };
          const id = await given.respond.first(first, label).catch((error: unknown) => {
            if (!given.inside || audience === "asker" || !isTooLate(error)) throw error;
            logger.warn("A command waited too long for its answer; it is posted as a message", { delivery });
            return piece(first, label);
          });
          return [id, ...(await postAll(piece, rest, delivery, 1))];
        },
        piece,
        edit: (id, message, label) => edit(given, id, message, label),
      };
    },
    beside(given) {
      const piece = pieceOf(given, "everyone");
      return {
        async post(messages, delivery) {
          checkRoom(given, messages.length);
          return postAll(piece, messages, delivery, 0);
        },
        piece,
        edit: (id, message, label) => edit(given, id, message, label),
      };
    },
  };
}
