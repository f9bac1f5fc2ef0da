import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Menu, MenuItem } from './menu.tsx';

export type ExportFormat = 'csv' | 'jsonl';

/** A table as a file. The browser downloads it while one goes on. */
export function ExportMenu({ hrefOf }: { hrefOf: (format: ExportFormat) => string }) {
  return (
    <Menu
      trigger={
        <Button size="sm">
          <Icon name="download" />
          <span className="max-tablet:sr-only">Export</span>
        </Button>
      }
    >
      <MenuItem asChild>
        <a href={hrefOf('csv')} download>
          CSV
        </a>
      </MenuItem>
      <MenuItem asChild>
        <a href={hrefOf('jsonl')} download>
          JSON lines
        </a>
      </MenuItem>
    </Menu>
  );
}
