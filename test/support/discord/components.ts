/** What components of a message must keep to that the types do not say: counts, lengths, what may stand in what. */
import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { Complaint } from "./refusal.ts";

/** Anything out of JSON. */
export type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects in a list that may be none. */
export const records = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The complaint, if `value` is a text shorter than `min` or longer than `max`. */
export function length(value: unknown, path: string, min: number, max: number): readonly Complaint[] {
  if (typeof value !== "string" || (value.length >= min && value.length <= max)) return [];
  const message = `Must be between ${min} and ${max} in length.`;
  return [{ path, code: value.length > max ? "BASE_TYPE_MAX_LENGTH" : "BASE_TYPE_MIN_LENGTH", message }];
}

/** The complaint, if `value` is a list of fewer than `min` or more than `max`. */
export function count(value: unknown, path: string, min: number, max: number): readonly Complaint[] {
  if (!Array.isArray(value) || (value.length >= min && value.length <= max)) return [];
  return [{ path, code: "BASE_TYPE_BAD_LENGTH", message: `Must be between ${min} and ${max} in length.` }];
}

const selects: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** A component and all that stand in it, with their paths. */
function walk(component: Json, path: string): readonly (readonly [Json, string])[] {
  const inner = records(component.components).flatMap((child, index) => walk(child, `${path}.components.${index}`));
  const accessory = isRecord(component.accessory) ? walk(component.accessory, `${path}.accessory`) : [];
  return [[component, path], ...inner, ...accessory];
}

const wrong = (path: string, code: string, message: string): Complaint => ({ path, code, message });

const linkSchemes = /^(?:https?|discord):\/\//i;

function buttonComplaints(button: Json, path: string): readonly Complaint[] {
  const isLink = button.style === ButtonStyle.Link;
  return [
    ...length(button.label, `${path}.label`, 1, 80),
    ...length(button.custom_id, `${path}.custom_id`, 1, 100),
    ...length(button.url, `${path}.url`, 1, 512),
    ...(!isLink && typeof button.custom_id !== "string"
      ? [wrong(`${path}.custom_id`, "BASE_TYPE_REQUIRED", "A custom id is required")]
      : []),
    ...(isLink && button.custom_id !== undefined
      ? [
          wrong(
            path,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and url cannot both be specified",
          ),
        ]
      : []),
    ...(isLink && !linkSchemes.test(String(button.url))
      ? [wrong(`${path}.url`, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'discord').")]
      : []),
    ...(button.label === undefined && button.emoji === undefined
      ? [wrong(path, "BUTTON_COMPONENT_INVALID", "A label or an emoji is required")]
      : []),
  ];
}

function rowComplaints(row: Json, path: string): readonly Complaint[] {
  const inner = records(row.components);
  const buttons = inner.filter(({ type }) => type === ComponentType.Button).length;
  const menus = inner.filter(({ type }) => selects.includes(type)).length;
  const fits = buttons === inner.length ? buttons >= 1 && buttons <= 5 : menus === 1 && inner.length === 1;
  return fits
    ? []
    : [wrong(`${path}.components`, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A row holds one to five buttons or one menu")];
}

function sectionComplaints(section: Json, path: string): readonly Complaint[] {
  const accessory = isRecord(section.accessory) ? section.accessory.type : undefined;
  return [
    ...count(section.components, `${path}.components`, 1, 3),
    ...records(section.components).flatMap(({ type }, index) =>
      type === ComponentType.TextDisplay
        ? []
        : [wrong(`${path}.components.${index}.type`, "COMPONENT_TYPE_INVALID", "A section holds text only")],
    ),
    ...(accessory === ComponentType.Button || accessory === ComponentType.Thumbnail
      ? []
      : [wrong(`${path}.accessory`, "BASE_TYPE_REQUIRED", "A section has a button or a thumbnail beside it")]),
  ];
}

function own(component: Json, path: string): readonly Complaint[] {
  const { id = 0 } = component;
  const isNumber = typeof id === "number" && Number.isInteger(id) && id >= 0 && id <= 0x7fff_ffff;
  return isNumber ? ofKind(component, path) : [wrong(`${path}.id`, "NUMBER_TYPE_MAX", "Must be a 32 bit integer")];
}

function ofKind(component: Json, path: string): readonly Complaint[] {
  if (component.type === ComponentType.Button) return buttonComplaints(component, path);
  if (component.type === ComponentType.ActionRow) return rowComplaints(component, path);
  if (component.type === ComponentType.Section) return sectionComplaints(component, path);
  if (component.type === ComponentType.TextDisplay)
    return String(component.content).trim() === ""
      ? [wrong(`${path}.content`, "BASE_TYPE_REQUIRED", "This field is required")]
      : length(component.content, `${path}.content`, 1, 4_000);
  if (component.type === ComponentType.Container)
    return [
      ...count(component.components, `${path}.components`, 1, 40),
      ...records(component.components).flatMap(({ type }, index) =>
        type === ComponentType.Container
          ? [wrong(`${path}.components.${index}.type`, "COMPONENT_TYPE_INVALID", "A container holds no container")]
          : [],
      ),
    ];
  if (selects.includes(component.type))
    return [
      ...length(component.custom_id, `${path}.custom_id`, 1, 100),
      ...length(component.placeholder, `${path}.placeholder`, 0, 150),
      ...(component.type === ComponentType.StringSelect ? count(component.options, `${path}.options`, 1, 25) : []),
      ...records(component.options).flatMap((option, index) => [
        ...length(option.label, `${path}.options.${index}.label`, 1, 100),
        ...length(option.value, `${path}.options.${index}.value`, 1, 100),
        ...length(option.description, `${path}.options.${index}.description`, 0, 100),
      ]),
    ];
  return [];
}

function doubled(all: readonly (readonly [Json, string])[], key: "custom_id" | "id"): readonly Complaint[] {
  const seen = new Set<unknown>();
  return all.flatMap(([component, path]) => {
    const value = component[key];
    if (value === undefined || (key === "id" && value === 0)) return [];
    const again = seen.has(value);
    seen.add(value);
    return again
      ? [wrong(`${path}.${key}`, "COMPONENT_CUSTOM_ID_DUPLICATED", `Component ${key} cannot be duplicated`)]
      : [];
  });
}

const v2Only: readonly unknown[] = [
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
];

/** Everything in `components` that breaks a rule; `v2` says whether the message carries the flag for the newer kinds. */
export function componentComplaints(components: unknown, v2: boolean): readonly Complaint[] {
  const top = records(components);
  const all = top.flatMap((component, index) => walk(component, `components.${index}`));
  const texts = all.reduce(
    (sum, [{ type, content }]) => sum + (type === ComponentType.TextDisplay ? String(content).length : 0),
    0,
  );
  return [
    ...all.flatMap(([component, path]) => own(component, path)),
    ...doubled(all, "custom_id"),
    ...doubled(all, "id"),
    ...(v2 && all.length > 40
      ? [wrong("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "The maximum number of components is 40")]
      : []),
    ...(v2 && texts > 4_000
      ? [
          wrong(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "Displayable text exceeds maximum size of 4000",
          ),
        ]
      : []),
    ...(v2 ? [] : count(components, "components", 0, 5)),
    ...(v2
      ? []
      : all.flatMap(([{ type }, path]) =>
          v2Only.includes(type) ? [wrong(`${path}.type`, "UNION_TYPE_CHOICES", "Needs the flag IS_COMPONENTS_V2")] : [],
        )),
    ...top.flatMap(({ type }, index) =>
      type === ComponentType.ActionRow || v2Only.includes(type)
        ? []
        : [wrong(`components.${index}.type`, "UNION_TYPE_CHOICES", "Does not stand at the top of a message")],
    ),
  ];
}
