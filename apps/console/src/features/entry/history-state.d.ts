import '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The address of the person who is signing in. It belongs into no URL and no log. */
    email?: string;
    /** Where that person's company signs in, as another way than the passphrase. */
    sso?: string;
    /** A session has just ended by itself, in the middle of what the person did. */
    ended?: boolean;
  }
}
