/** Where a path leads, whether or not a proxy passes on the path that the pages stand under. */

/** The path below `base`; as it is where it is not below. */
export function below(path: string, base: string): string {
  return base !== "" && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
