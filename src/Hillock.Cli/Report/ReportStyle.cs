namespace Hillock.Cli.Report;

/// <summary>What the report's page looks like, besides its drawings.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css =
        """
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--surface); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        main { max-width: 1064px; margin: 0 auto; padding: 48px 32px 64px; }
        header { border-bottom: 1px solid var(--grid); padding-bottom: 28px; }
        .eyebrow { margin: 0; color: var(--muted); font-size: 14px; letter-spacing: .02em; }
        h1 { margin: 6px 0 10px; font-size: 40px; line-height: 1.15; letter-spacing: -.02em; font-weight: 700; }
        h1 em { font-style: normal; color: var(--accent); overflow-wrap: anywhere; }
        h2 { margin: 0 0 4px; font-size: 21px; letter-spacing: -.01em; }
        h3 { margin: 0 0 4px; font-size: 17px; }
        section { margin-top: 44px; }
        .lead { margin: 0; max-width: 46em; font-size: 18px; }
        .note { margin: 0 0 14px; max-width: 50em; color: var(--muted); font-size: 14.5px; }
        .note.after { margin-top: 20px; }
        .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 24px; }
        .tile { flex: 1 1 150px; background: var(--panel); border: 1px solid var(--grid); border-radius: 10px; padding: 12px 16px; }
        .tile b { display: block; font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
        .tile span { color: var(--muted); font-size: 13px; }
        .remarks { margin: 0; padding-left: 1.2em; max-width: 52em; } .remarks li { margin: 6px 0; }
        .warning { border-left: 3px solid var(--bad); padding: 2px 14px; margin: 20px 0 0; }
        /* The shadows at the sides stay, and what scrolls covers the one at whose end it is: they tell that there is more. */
        .scroll {
          overflow-x: auto; margin-top: 18px;
          background: linear-gradient(90deg, var(--surface) 40%, transparent) 0 0 / 48px 100% no-repeat local,
            linear-gradient(270deg, var(--surface) 40%, transparent) 100% 0 / 48px 100% no-repeat local,
            linear-gradient(90deg, var(--faint), transparent) 0 0 / 16px 100% no-repeat scroll,
            linear-gradient(270deg, var(--faint), transparent) 100% 0 / 16px 100% no-repeat scroll;
        }
        .scroll svg.chart { min-width: 820px; }
        .narrow { display: none; margin-top: 18px; } .narrow svg.chart { width: 100%; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        th { text-align: right; font-weight: 500; color: var(--muted); padding: 6px 8px; border-bottom: 1px solid var(--faint); white-space: nowrap; }
        td { text-align: right; padding: 6px 8px; border-bottom: 1px solid var(--grid); white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        td:first-child { max-width: 11em; overflow: hidden; text-overflow: ellipsis; }
        tr.chosen td { color: var(--accent); font-weight: 600; } tr.bad td { color: var(--bad); }
        dl { display: grid; grid-template-columns: 9em 1fr; gap: 8px 20px; margin: 12px 0 0; font-size: 15px; } dt { color: var(--muted); } dd { margin: 0; max-width: 48em; overflow-wrap: anywhere; }
        code { font: .92em ui-monospace, "Cascadia Code", "SF Mono", Menlo, Consolas, monospace; }
        svg.chart { display: block; margin-top: 8px; }
        footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--grid); color: var(--muted); font-size: 13.5px; }
        @media (max-width: 640px) { .wide { display: none; } .narrow { display: block; } main { padding: 28px 16px 40px; } h1 { font-size: 30px; } dl { grid-template-columns: 1fr; gap: 2px; } dd { margin-bottom: 10px; } }
        @media print { main { max-width: none; padding: 0; } section { break-inside: avoid; } }

        """;
}
