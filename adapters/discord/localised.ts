/** The commands' names and descriptions in other languages. What is missing here stands there in English. */
import { shorten } from "../../src/platform/shorten.ts";
import { inertLine } from "../../src/reply/inert.ts";
import { limits } from "./limits.ts";

/** Discord's codes. Portuguese is Brazil's and Spanish is Spain's because Discord has no wider ones that every client knows. */
export const locales = ["de", "fr", "es-ES", "pt-BR"] as const;

type Row = readonly [english: string, german: string, french: string, spanish: string, portuguese: string];

/** Names of commands, subcommands and options. Lower case, without spaces: Discord takes no others. */
const names: readonly Row[] = [
  ["ask", "fragen", "demander", "preguntar", "perguntar"],
  ["question", "frage", "question", "pregunta", "pergunta"],
  ["outlet", "medium", "média", "medio", "veículo"],
  ["private", "privat", "privé", "privado", "privado"],
  ["sources", "quellen", "sources", "fuentes", "fontes"],
  ["help", "hilfe", "aide", "ayuda", "ajuda"],
  ["feeds", "feeds", "flux", "feeds", "feeds"],
  ["list", "liste", "liste", "lista", "lista"],
  ["test", "testen", "tester", "probar", "testar"],
  ["add", "hinzufügen", "ajouter", "añadir", "adicionar"],
  ["remove", "entfernen", "retirer", "quitar", "remover"],
  ["pause", "anhalten", "suspendre", "pausar", "pausar"],
  ["resume", "fortsetzen", "reprendre", "reanudar", "retomar"],
  ["import", "importieren", "importer", "importar", "importar"],
  ["export", "exportieren", "exporter", "exportar", "exportar"],
  ["address", "adresse", "adresse", "dirección", "endereço"],
  ["collection", "sammlung", "collection", "colección", "coleção"],
  ["feed", "feed", "flux", "feed", "feed"],
  ["article", "artikel", "article", "artículo", "artigo"],
];

/** Descriptions, by the core's own sentence. */
const sentences: readonly Row[] = [
  [
    "Answers from the newsroom's corpus, with a citation for every claim.",
    "Antwortet aus den Dokumenten der Redaktion, mit einem Beleg für jede Aussage.",
    "Répond à partir des documents de la rédaction, avec une source pour chaque affirmation.",
    "Responde a partir de los documentos de la redacción, con una cita para cada afirmación.",
    "Responde a partir dos documentos da redação, com uma citação para cada afirmação.",
  ],
  [
    "What you want to know.",
    "Was du wissen willst.",
    "Ce que vous voulez savoir.",
    "Lo que quieres saber.",
    "O que você quer saber.",
  ],
  [
    "Only what this outlet published.",
    "Nur, was dieses Medium veröffentlicht hat.",
    "Seulement ce que ce média a publié.",
    "Solo lo que publicó este medio.",
    "Só o que este veículo publicou.",
  ],
  [
    "Show the answer only to me, until I share it.",
    "Die Antwort nur mir zeigen, bis ich sie teile.",
    "Ne montrer la réponse qu'à moi, jusqu'à ce que je la partage.",
    "Mostrar la respuesta solo a mí, hasta que la comparta.",
    "Mostrar a resposta só para mim, até eu compartilhar.",
  ],
  [
    "Says what is in the corpus, from whom and how fresh.",
    "Sagt, welche Dokumente da sind, von wem und wie aktuell.",
    "Dit quels documents il y a, de qui et de quand.",
    "Dice qué documentos hay, de quién y de cuándo.",
    "Diz quais documentos há, de quem e de quando.",
  ],
  [
    "Says what can be asked, and how.",
    "Sagt, was man fragen kann, und wie.",
    "Dit ce qu'on peut demander, et comment.",
    "Dice qué se puede preguntar, y cómo.",
    "Diz o que se pode perguntar, e como.",
  ],
];

type Localised = Readonly<Record<(typeof locales)[number], string>>;

function tableOf(rows: readonly Row[]): ReadonlyMap<string, Localised> {
  return new Map(rows.map(([english, de, fr, es, pt]) => [english, { de, fr, "es-ES": es, "pt-BR": pt }] as const));
}

const nameTable = tableOf(names);
const helpTable = tableOf(sentences);

/** A name in each language, or null where it has not been translated. */
export function localisedName(name: string): Localised | null {
  return nameTable.get(name) ?? null;
}

/** A description in each language, cut to what Discord takes, or null where it has not been translated. */
export function localisedHelp(help: string): Localised | null {
  const found = helpTable.get(help);
  if (!found) return null;
  const cut = Object.entries(found).map(([locale, text]) => [locale, shorten(inertLine(text), limits.description)]);
  return Object.fromEntries(cut) as Localised;
}
