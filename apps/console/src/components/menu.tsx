import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

type MenuProps = {
  /** The button that opens it; it takes a ref and button attributes. */
  trigger: ReactNode;
  align?: 'start' | 'end';
  children: ReactNode;
};

/** Actions behind a button. Arrow keys move, a letter jumps, Escape closes and gives focus back. */
export function Menu({ trigger, align = 'end', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Not moved to the end of the page: it stays in the landmark of its button. */}
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-20 min-w-60 animate-fade rounded-lg bg-overlay p-1 text-sm text-ink shadow-menu focus-visible:rounded-lg focus-visible:shadow-menu"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

const itemClass =
  'flex min-h-7.5 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 no-underline select-none data-highlighted:bg-hover data-highlighted:no-underline data-highlighted:shadow-none';

/** One action. With `asChild` its child, a link, takes its place. */
export function MenuItem({
  danger = false,
  ...rest
}: DropdownMenu.DropdownMenuItemProps & { danger?: boolean }) {
  return (
    <DropdownMenu.Item
      {...rest}
      className={cx(itemClass, danger ? 'text-danger-text' : 'text-ink')}
    />
  );
}

/** A choice of one among menu items. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <DropdownMenu.RadioGroup aria-label={label} value={value}>
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={cx(itemClass, 'text-ink')}
        >
          {option.label}
          <DropdownMenu.ItemIndicator className="text-accent-text">
            <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
              <path d="m3.5 8.5 3 3 6-7" className="fill-none stroke-current stroke-[1.5]" />
            </svg>
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

/** A line of text in a menu that is no action. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1.5">{children}</DropdownMenu.Label>;
}

/** Parts groups of actions. */
export function MenuRule() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
