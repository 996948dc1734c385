/** The commands' names and descriptions in other languages. What is missing here stands there in English. */
import { shorten } from "../../src/platform/shorten.ts";
import { inertLine } from "../../src/reply/inert.ts";
import { limits } from "./limits.ts";
import { type Row, sentences } from "./localised-sentences.ts";

/** Discord's codes. Portuguese is Brazil's and Spanish is Spain's because Discord has no wider ones that every client knows. */
export const locales = ["de", "fr", "es-ES", "pt-BR"] as const;

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
  ["digest", "überblick", "revue", "resumen", "resumo"],
  ["subscribe", "abonnieren", "abonner", "suscribir", "assinar"],
  ["unsubscribe", "abbestellen", "désabonner", "cancelar", "cancelar"],
  ["preview", "vorschau", "aperçu", "vista_previa", "prévia"],
  ["now", "jetzt", "maintenant", "ahora", "agora"],
  ["why", "warum", "pourquoi", "por_qué", "por_que"],
  ["when", "wann", "quand", "cuándo", "quando"],
  ["zone", "zone", "fuseau", "zona", "fuso"],
  ["topics", "themen", "sujets", "temas", "temas"],
  ["outlets", "medien", "médias", "medios", "veículos"],
  ["empty", "leer", "vide", "vacío", "vazio"],
  ["about", "worüber", "sujet", "sobre", "sobre"],
  ["of", "von", "de", "de", "de"],
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
