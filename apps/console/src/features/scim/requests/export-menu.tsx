import { streamUrl } from '../../../api/request.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { useDirectory } from '../directory/context.ts';
import type { RequestSearch } from '../model/request-search.ts';

/** What narrows the log, as the server is asked for it. */
export type ExportFilters = {
  [Key in keyof Omit<RequestSearch, 'time' | 'cursor'>]: RequestSearch[Key] | undefined;
} & { from: string | undefined };

/** The filtered log as a file. The browser downloads it while one goes on. */
export function ExportMenu({ filters }: { filters: ExportFilters }) {
  const { ref } = useDirectory();
  const href = (format: 'csv' | 'jsonl') => streamUrl('requestExport', ref, { ...filters, format });
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
        <a href={href('csv')} download>
          CSV
        </a>
      </MenuItem>
      <MenuItem asChild>
        <a href={href('jsonl')} download>
          JSON lines
        </a>
      </MenuItem>
    </Menu>
  );
}
