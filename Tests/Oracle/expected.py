#!/usr/bin/env python3
"""Computes, with pandas and from the open data alone, what `concord assess` must find, and writes expected.json.

    python3 Tests/Oracle/expected.py [FOLDER OF SHARED DATA]

Nothing here calls Concord. The tests in Tests/concordTests run the program on the same files and compare.
"""
import json
import pathlib
import sys

import numpy as np
import pandas as pd

here = pathlib.Path(__file__).resolve().parent
data = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here.parents[2] / "shared") / "data"

street = sorted((data / "police_uk_avon_somerset").glob("*.csv.gz"))
panel = data / "london_lsoa_panel/london_police-api_LSOA11_month_category_pullA_2023-05_to_2026-02_gaps.csv.gz"
mps = data / "london_datastore_mps"
best_fit = data / "geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz"
exact_fit = data / "geo/LSOA11_LSOA21_LAD22_exactfit_EW.csv.gz"
population = data / "deprivation_population/london_LSOA21_population_density_mid2011-2022.csv.gz"
harm = data / "harm/cchi_2020_update_values.csv"
lsoa_2021 = data / "geo/london_lsoa_2021_20m.geojson"


def relative(path):
    return str(path.relative_to(data))


def months(first, last):
    return [str(p) for p in pd.period_range(first, last, freq="M")]


def cell(table, key, column, value, key_column=None):
    value = value.item() if hasattr(value, "item") else value
    return {"table": table, "key": key, "column": column, "value": value, "keyColumn": key_column}


def rank(series):
    return series.rank(method="min", ascending=False).astype(int)


def bristol():
    d = pd.concat([pd.read_csv(f) for f in street])
    # One crime with several outcome rows is one crime: the same identifier, month, type and place, where a row without
    # a place is the same crime as one with. Rows without identifier (antisocial behaviour) are all separate.
    known = d[d["Crime ID"].notna()].copy()
    known["placed"] = known["LSOA code"].notna()
    known = known.sort_values("placed", ascending=False, kind="stable")
    known = known.drop_duplicates(["Crime ID", "Month", "Crime type", "LSOA code", "Longitude", "Latitude"])
    placed = known[known.placed]
    unplaced = known[~known.placed].merge(
        placed[["Crime ID", "Month", "Crime type"]].drop_duplicates(), how="left", indicator=True,
        on=["Crime ID", "Month", "Crime type"])
    unplaced = unplaced[unplaced._merge == "left_only"]
    d = pd.concat([d[d["Crime ID"].isna()], placed, unplaced])
    b = d[d["LSOA name"].fillna("").str.match(r"Bristol \d")]
    out = []
    for args, now, before in [
        (("2024-01", "2024-06"), months("2024-01", "2024-06"), months("2023-01", "2023-06")),
        (("2023-07", "2024-06"), months("2023-07", "2024-06"), None),
    ]:
        n = b[b.Month.isin(now)]
        cells = [cell("B1.level", "Total", "count", len(n))]
        for category, count in n.groupby("Crime type").size().items():
            cells.append(cell("B1.level", category, "count", count))
            if before:
                p = int((b[b.Month.isin(before)]["Crime type"] == category).sum())
                cells.append(cell("B1.level", category, "previous", p))
                cells.append(cell("B1.level", category, "change", count - p))
                cells.append(cell("B1.level", category, "changePercent", (count - p) / p * 100))
        cells.append(cell("B5.month", now[0], "count", int((n.Month == now[0]).sum())))
        lsoa = n.groupby("LSOA code").size()
        for code, count in lsoa.sort_values(ascending=False).head(10).items():
            cells.append(cell("B3.lsoas", code, "count", count))
            cells.append(cell("B3.lsoas", code, "rank", rank(lsoa)[code]))
        out.append({
            "name": f"Bristol {args[0]} to {args[1]}", "area": "Bristol", "from": args[0], "to": args[1],
            "records": [relative(f) for f in street], "lookup": [relative(best_fit), relative(exact_fit)],
            "boundaries": [], "population": [], "cells": cells})
    return out


def panel_cases():
    d = pd.read_csv(panel)
    d["ym"] = d.year * 100 + d.month
    look = pd.read_csv(best_fit, encoding="utf-8-sig").set_index("LSOA21CD")
    fit = pd.read_csv(exact_fit, encoding="utf-8-sig")
    residents = pd.read_csv(population).set_index("LSOA 2021 Code")["Mid-2022: Population"]
    borough = look.LAD24NM.reindex(residents.index)
    people = residents.groupby(borough).sum()
    out = []
    for area in ["Sutton", "Croydon", "Southwark"]:
        n = d[(d.ym >= 202309) & (d.ym <= 202408)]
        a = n[n.borough == area]
        counts = a.groupby("category").crime_count.sum()
        cells = [cell("B1.level", "Total", "count", counts.sum()), cell("B1.level", "Total", "population", people[area])]
        for category, count in counts.items():
            rates = n[n.category == category].groupby("borough").crime_count.sum() / people * 1000
            cells += [
                cell("B1.level", category, "count", count), cell("B1.level", category, "ratePer1000", rates[area]),
                cell("B1.level", category, "rank", rank(rates.reindex(people.index).fillna(0))[area]),
                cell("B1.level", category, "of", len(people)),
                cell("B1.level", category, "regionRatePer1000",
                     n[n.category == category].crime_count.sum() / people.sum() * 1000)]
        # LSOAs that did not change keep their code in both censuses: their counts need no rule.
        unchanged = set(fit[fit.CHGIND == "U"].LSOA11CD)
        lsoa = a.groupby("lsoa_code").crime_count.sum()
        for code, count in lsoa[lsoa.index.isin(unchanged)].sort_values(ascending=False).head(15).items():
            cells.append(cell("B3.lsoas", code, "count", count))
            cells.append(cell("B3.lsoas", code, "ratePer1000", count / residents[code] * 1000))
        out.append({
            "name": f"{area}, London panel", "area": area, "from": "2023-09", "to": "2024-08",
            "records": [relative(panel)], "lookup": [relative(best_fit), relative(exact_fit)],
            "boundaries": [], "population": [relative(population)], "cells": cells})
    return out


def weigher():
    """Days by sub-group, otherwise by group: medians of the notifiable offences, with their lowest and highest."""
    w = pd.read_csv(harm)
    w = w[w["CCHI Score"].notna() & (w.NOTIFIABLE == "Notifiable")]
    by = lambda column: w.groupby(w[column].str.strip().str.lower())["CCHI Score"].agg(["median", "min", "max"])
    sub, group = by("SUB_GROUP"), by("GROUP")

    def weigh(rows, minor, major, kind):
        return [sub[kind].get(i.lower(), group[kind].get(j.lower(), np.nan)) for i, j in zip(rows[minor], rows[major])]
    return weigh


def mps_cases():
    weigh = weigher()
    levels = {name: pd.read_csv(mps / f"recorded-crime-{name}.csv.gz") for name in ["lsoa", "ward", "borough"]}
    now = [str(y * 100 + m) for y, m in [(2025, m) for m in range(3, 13)] + [(2026, 1), (2026, 2)]]
    before = [str(int(m) - 100) for m in now]
    look = pd.read_csv(best_fit, encoding="utf-8-sig").set_index("LSOA21CD")
    residents = pd.read_csv(population).set_index("LSOA 2021 Code")["Mid-2022: Population"]
    people = residents.groupby(look.LAD24NM.reindex(residents.index)).sum()
    out = []
    lsoa, ward, borough = levels["lsoa"], levels["ward"], levels["borough"]
    lsoa["name"] = lsoa.lsoa_code.map(look.LAD24NM)
    for area, totals in [("Sutton", (24727, 25576, 26091)), ("Croydon", (65519, 67888, 69314)),
                         ("Southwark", (75386, 77809, 79856))]:
        l, w, b = lsoa[lsoa.name == area], ward[ward.lookup_boroughname == area], borough[borough.boroughname == area]
        both = before + now
        sums = tuple(int(t[both].to_numpy().sum()) for t in (l, w, b))
        assert sums == totals, (area, sums)
        cells = [cell("A2.reconciliation", f"{area}|{title}", "count", value, "area|source") for title, value in zip(
            ["Metropolitan Police recorded crime by LSOA (London Datastore)",
             "Metropolitan Police recorded crime by ward (London Datastore)",
             "Metropolitan Police recorded crime by borough (London Datastore)"], sums)]
        major = b.groupby("majortext")
        for category, rows in major:
            n, p = int(rows[now].to_numpy().sum()), int(rows[before].to_numpy().sum())
            if n + p == 0:
                continue
            cells += [cell("B1.level", category, "count", n), cell("B1.level", category, "previous", p),
                      cell("B2.harm", category, "countPrevious", p)]
            if p:
                cells.append(cell("B1.level", category, "changePercent", (n - p) / p * 100))
        for kind, column in [("median", "harm"), ("min", "harmLow"), ("max", "harmHigh")]:
            days = weigh(b, "minortext", "majortext", kind) * b[now].sum(axis=1)
            for category, sum_ in days.groupby(b.majortext).sum().items():
                if b[b.majortext == category][now + before].to_numpy().sum():
                    cells.append(cell("B2.harm", category, column, sum_))
            cells.append(cell("B2.harm", "Total", column, days.sum()))
        days = (weigh(w, "minortext", "majortext", "median") * w[now].sum(axis=1)).groupby(w.wardcode).sum()
        cells += [cell("B3.wards", code, "harm", value) for code, value in days.items()]
        days = (weigh(l, "minor_category", "major_category", "median") * l[now].sum(axis=1)).groupby(l.lsoa_code).sum()
        cells += [cell("B3.lsoas", code, "harm", value) for code, value in days.items()]
        total = w.groupby("wardcode")[now].sum().sum(axis=1)
        earlier = w.groupby("wardcode")[before].sum().sum(axis=1)
        for code in total.index:
            cells += [cell("B3.wards", code, "count", total[code]), cell("B3.wards", code, "rank", rank(total)[code]),
                      cell("B3.wards", code, "rank 2024-03 to 2025-02", rank(earlier)[code])]
        n = l.groupby("lsoa_code")[now].sum().sum(axis=1)
        everywhere = look.index[look.LAD24NM == area]
        n = n.reindex(everywhere).fillna(0).astype(int)
        for code in n.sort_values(ascending=False).index[:25]:
            cells += [cell("B3.lsoas", code, "count", n[code]), cell("B3.lsoas", code, "rank", rank(n)[code]),
                      cell("B3.lsoas", code, "ratePer1000", n[code] / residents[code] * 1000)]
        ordered = np.sort(n.to_numpy())[::-1].cumsum()
        for share in (25, 50, 80):
            places = int(np.searchsorted(ordered * 100, share * ordered[-1]) + 1)
            cells.append(cell("B3.concentration", f"count|{share}", "places", places, "measure|share"))
        x = np.sort(n.to_numpy())
        gini = float(2 * (np.arange(1, len(x) + 1) * x).sum() / (len(x) * x.sum()) - (len(x) + 1) / len(x))
        cells.append(cell("B3.concentration", "count|50", "gini", gini, "measure|share"))
        out.append({
            "name": f"{area}, Metropolitan Police tables", "area": area, "from": "2025-03", "to": "2026-02",
            "records": [relative(mps / f"recorded-crime-{n}.csv.gz") for n in ["lsoa", "ward", "borough"]],
            "lookup": [relative(best_fit), relative(exact_fit)], "boundaries": [relative(lsoa_2021)],
            "population": [relative(population)], "weights": relative(harm), "cells": cells})
    return out


cases = bristol() + panel_cases() + mps_cases()
(here / "expected.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")
print(f"{len(cases)} cases, {sum(len(c['cells']) for c in cases)} figures")
