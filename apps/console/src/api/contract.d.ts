/** Methods and paths of the management API, made from `@rollcall/api` when the console is built. */
declare module 'virtual:contract' {
  type Endpoints<Table> = Readonly<
    Record<keyof Table, { readonly method: string; readonly path: string }>
  >;

  export const routes: Endpoints<typeof import('@rollcall/api').routes>;
  export const streams: Endpoints<typeof import('@rollcall/api').streams>;
  /** The most characters that a field takes. */
  export const longest: Readonly<
    Record<'personName' | 'emailAddress' | 'accountName' | 'activationCode', number>
  >;
  export const passphraseMinimumLength: typeof import('@rollcall/api').passphraseMinimumLength;
}
