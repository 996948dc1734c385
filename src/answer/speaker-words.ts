/** The closed lists by which speakers are found in a text: general English, beside those of question/words.ts. */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Things that carry words. */
export const carriers = list(`
cable telegram dispatch letter memo memorandum statement report document directive directives order instruction
instructions guidance note email message speech interview post thread tweet release filing ruling verdict study
survey poll bill law decree treaty agreement resolution communique manifesto testimony transcript briefing
petition`);
/** Forms of "to be". */
export const be = list("is are was were be been being");
/** Auxiliaries and adverbs between a subject and its verb. */
export const auxiliaries = list(`
has have had will would can could may might also later previously recently repeatedly long then now not never
further reportedly`);
/** Words after which a noun stands, not a verb. */
export const determiners = list(
  "the a an this that these those his her its their our your my any no some such of in on to for with from by",
);
/** Words that begin a clause of their own. */
export const clauseWords = list(
  "that while but when because although though which who whom where if since as after before whether and or than",
);
/** Words that begin what a verb reports or orders; after a noun of the same letters other words stand. */
export const opensObject = list(`
that the a an no it he she they we there any how what whether why who its his her their this these those not all
both some many more most another each every`);
/** Pronouns after which a verb stands. */
export const subjectPronouns = list("it he she they who");
/** Nouns for something said; after "gave a warning:" come somebody's words. */
export const saidThings = list(`
warning statement answer reply advice explanation argument message point remark comment promise reason example
verdict conclusion view description`);
/** Reporting verbs that are nouns as well, without their ending. */
export const alsoNouns = list(`
claim report state order call note point request demand list comment reply estimate find present direct command
urge stress praise caution remark promise pledge question doubt blame signal support joke advise`);
/** Participles that go on after a document's name: "a document sent to embassies". */
export const participles = list(`
sent obtained seen reviewed dated published released issued signed circulated shared leaked posted written made
given`);
/** Verbs of duty: what follows is what somebody ordered. */
export const directive = list("must should shall");
/** Words that pick one of several announced things. */
export const parts = list("one another first second third other others some these this next last each");
/** Prepositions before a carrier that a sentence's content comes from. */
export const carriedBy = list("in under per through by from with via");
