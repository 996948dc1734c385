/**
 * What Discord accepts: lengths in UTF-16 units, which is never less than what Discord counts, counts in pieces.
 * https://discord.com/developers/docs/components/reference, …/resources/message, …/interactions/application-commands
 */
export const limits = {
  /** All texts of a message with components v2 together. */
  text: 4_000,
  /** Components of a message, those inside others included. */
  components: 40,
  /** The text of a button. */
  buttonText: 80,
  /** A label of ours for a source: an outlet, a title. */
  label: 200,
  threadName: 100,
  nonce: 25,
  /** Messages that follow the answer to a command where the app is not a member. */
  followUps: 5,
  /** What a command or an option says of itself. */
  description: 100,
  /** What is offered to complete an option: how many, and how long one may be. */
  choices: 25,
  choiceText: 100,
} as const;
