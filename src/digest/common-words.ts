/** Words that stand in news of every subject: they tell nothing about which event a report is of. Folded. */
import { isStopWord } from "../text/languages.ts";

const everywhere = new Set(
  `say says said told tell tells according reported report reports reporter reporters news announced announce statement spokesman
  spokeswoman spokesperson monday tuesday wednesday thursday friday saturday sunday january february march april june july
  august september october november december today yesterday tomorrow day days week weeks month months year years morning
  evening night afternoon noon midnight hour hours minute minutes early late later earlier since ago
  people person man men woman women new first last next one two three four five six seven eight nine ten eleven twelve dozen
  dozens hundred hundreds thousand thousands million billion some many several more most least than about around nearly almost
  also still however including included well much long time times way make made take took taken get got come came go went
  gone give given gave put call called set part place number high least per cent percent
  sagte sagten mitteilte teilte montag dienstag mittwoch donnerstag freitag samstag sonntag uhr jahr jahre jahren
  lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo`
    .trim()
    .split(/\s+/),
);

/** Whether a folded word says nothing about the event it stands in a report of. */
export function isCommonWord(folded: string, language: string): boolean {
  return everywhere.has(folded) || isStopWord(folded, language);
}
