// Line icons of the navigation, drawn for a box of 20.
const PATHS: Record<string, string> = {
  queue: "M3 5h14M3 10h14M3 15h8",
  incidents: "M10 3l7.5 13h-15zM10 8v4M10 14.2v.1",
  exclusions: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 1 0 0-15M6.5 10.2l2.4 2.4 4.6-5",
  report: "M3.5 17V9M8 17V4M12.5 17v-6M17 17V7",
  playground: "M5 3.5l11 6.5-11 6.5z",
  policy: "M5 2.5h7l3 3v12H5zM8 9h4.5M8 12.5h4.5",
  audit: "M10 2.5l6 2.5v4.5c0 4-2.6 6.6-6 8-3.4-1.4-6-4-6-8V5z",
  accounts: "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 1 0 0 6.4M3.8 17c.7-3.3 3.1-5 6.2-5s5.5 1.7 6.2 5",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
