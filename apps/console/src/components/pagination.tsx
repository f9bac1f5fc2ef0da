import { Link, type LinkProps } from '@tanstack/react-router';
import { buttonClass } from './button-class.ts';

/**
 * The way through a list that is cut by cursor. The URL holds the cursor, so *Back* of the browser is the page before.
 * Nothing is shown where everything fits on one page.
 */
export function Pagination({
  shown,
  first,
  next,
}: {
  /** How many rows stand here, in words: “50 people on this page”. */
  shown: string;
  first?: Pick<LinkProps, 'to' | 'params' | 'search'> | undefined;
  next?: Pick<LinkProps, 'to' | 'params' | 'search'> | undefined;
}) {
  if (!first && !next) return null;
  return (
    <nav
      aria-label="Pages of this list"
      className="flex items-center justify-between gap-3 px-2 pt-3 text-sm text-ink-2"
    >
      <span>{shown}</span>
      <span className="flex gap-2">
        {first && (
          <Link {...first} className={buttonClass({ size: 'sm' })}>
            First page
          </Link>
        )}
        {next && (
          <Link {...next} className={buttonClass({ size: 'sm' })}>
            Next
          </Link>
        )}
      </span>
    </nav>
  );
}
