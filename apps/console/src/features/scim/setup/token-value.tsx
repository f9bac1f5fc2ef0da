import { useDirectory } from '../directory/context.ts';
import { currentToken } from '../model/token.ts';

/** Where a recipe asks for the token, which nobody can show any more: which one it is, and the way to another. */
export function TokenValue() {
  const { directory, open } = useDirectory();
  const token = currentToken(directory.tokens);
  return (
    <>
      <span>
        {token ? (
          <>
            The token that ends in <code>{token.lastFour}</code>. You stored it when you made it.
          </>
        ) : (
          'There is no token yet.'
        )}
      </span>
      {directory.state === 'on' && (
        <button
          type="button"
          onClick={() => open({ kind: 'refresh' })}
          className="min-h-target text-accent-text underline-offset-3 hover:underline"
        >
          {token ? 'Lost? Refresh Token' : 'Refresh Token'}
        </button>
      )}
    </>
  );
}
