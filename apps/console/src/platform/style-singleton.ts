import { useEffect } from 'react';

/**
 * Stands in for the package `react-style-singleton` (see vite.config.ts), whose `<style>` elements a
 * strict `style-src` refuses. An adopted style sheet is made by script alone and is allowed.
 *
 * One sheet serves all users of a singleton: it is adopted with the first and dropped with the last.
 */
export function styleSingleton() {
  const useStyle = styleHookSingleton();
  // biome-ignore lint/correctness/noComponentHookFactories: the package's own shape; it is called once, at module level
  return function Style({ styles }: { styles: string }) {
    useStyle(styles);
    return null;
  };
}

/** The same as a hook. */
export function styleHookSingleton() {
  const singleton = stylesheetSingleton();
  return (styles: string) => {
    // biome-ignore lint/correctness/useExhaustiveDependencies: the first caller's styles hold until the last one leaves
    useEffect(() => {
      singleton.add(styles);
      return () => singleton.remove();
    }, []);
  };
}

/** The counter behind both. */
export function stylesheetSingleton() {
  const sheet = new CSSStyleSheet();
  let users = 0;
  return {
    add(styles: string) {
      users += 1;
      if (users > 1) return;
      sheet.replaceSync(styles);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    },
    remove() {
      users -= 1;
      if (users > 0) return;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}
