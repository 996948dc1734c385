/**
 * What Discord accepts: lengths in UTF-16 units, which is never less than what Discord counts, counts in pieces.
 * https://discord.com/developers/docs/components/reference, …/resources/message, …/interactions/application-commands
 */
export const limits = {
  /** All texts of a message with components v2 together. */
  text: 4_000,
  /** Components of a message, those inside others included. */
  components: 40,
  /** Buttons in a row; the text and the custom id of one. */
  rowButtons: 5,
  buttonText: 80,
  customId: 100,
  /** A label of ours for a source: an outlet, a title. */
  label: 200,
  threadName: 100,
  nonce: 25,
  /** Messages that follow the answer to a command where the app is not a member. */
  followUps: 5,
  /** How long an interaction can be answered. */
  tokenMs: 15 * 60_000,
  /** Commands: names, descriptions, options, choices; all of a command's texts together. */
  commandName: 32,
  description: 100,
  options: 25,
  choices: 25,
  choiceText: 100,
  commandTotal: 8_000,
} as const;
