import { useEffect, useRef, useState } from 'react';
import { announce } from './live-region.tsx';

const shownFor = 2000;

/**
 * Copies text and says so, on the button for two seconds and in the live region. `failed` means that the browser
 * refused: the text has to be selected by hand, so keep it in sight.
 */
export function useCopy() {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const copy = async (text: string) => {
    const copied = await write(text);
    setState(copied ? 'copied' : 'failed');
    announce(
      copied ? 'Copied' : 'Copying was refused by the browser. Select the text and copy it.',
    );
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setState('idle'), shownFor);
  };
  return { state, copy };
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
