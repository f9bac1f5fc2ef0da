/** The mark of the product: a tally of five. It stands in the top bar and on the pages before sign-in, nowhere else. */
export function BrandMark() {
  return (
    <svg
      viewBox="0 0 22 22"
      aria-hidden="true"
      className="size-5.5 flex-none fill-none stroke-current stroke-[1.9] [stroke-linecap:round]"
    >
      <path d="M4.5 4v14M9 4v14M13.5 4v14M18 4v14" />
      <path d="M1.5 15.5 20.5 6.5" className="stroke-accent-text" />
    </svg>
  );
}
