import { after, type ReadSide, type Soon } from '../../database/index.ts';
import { builtInTypes, type DirectoryTypes, typesWith } from './resource-types.ts';
import { readExtensions } from './stored-extensions.ts';

/** Directories whose types are remembered. */
const REMEMBERED = 1_000;

interface Remembered {
  readonly version: number;
  readonly types: DirectoryTypes;
}

/** Gives the resource types of directories, each built once for each version of its extensions. */
export class DirectorySchemas {
  readonly #known = new Map<string, Remembered>();

  /**
   * The types of a directory; without a promise and without a look at the database where it has no extensions, or where they
   * are known.
   *
   * @param version of its extensions, as its caller was authenticated with
   */
  of(read: ReadSide, directoryId: string, version: number): Soon<DirectoryTypes> {
    if (version === 0) return builtInTypes;
    const known = this.#known.get(directoryId);
    if (known?.version === version) return known.types;
    return after(readExtensions(read, directoryId), (stored) => {
      const types = typesWith(stored.extensions);
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      this.#known.set(directoryId, { version: stored.version, types });
      return types;
    });
  }
}
