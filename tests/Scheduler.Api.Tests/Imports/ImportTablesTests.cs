using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>The readers of files: separators, encodings, formulas, and the limits on what is unpacked.</summary>
public sealed class ImportTablesTests
{
    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16 big"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Each_encoding_with_each_separator_gives_the_same_cells(string encoding)
    {
        foreach (var separator in ",;\t")
        {
            var table = Table(Bytes(encoding, $"id{separator}nom\r\n\r\na{separator}\"École, \"\"Élan\"\";\n2\"\r\n"));
            table.Headings.ShouldBe(["id", "nom"]);
            // A row of the file keeps its number, and an empty row counts.
            table.Lines.ShouldHaveSingleItem().Number.ShouldBe(3);
            table.Lines[0].Cells.Select(cell => cell.Text).ShouldBe(["a", "École, \"Élan\";\n2"]);
        }
    }

    [Property(MaxTest = 200)]
    public Property What_our_own_export_writes_is_read_as_it_was()
    {
        var cell = Gen.Elements(',', ';', '\t', '"', '\'', '=', '+', '-', '@', 'a', 'é', ' ', '\n').ListOf()
            .Select(letters => new string([.. letters]).Trim());
        return Prop.ForAll(Arb.From(cell.ListOf(3)), cells =>
        {
            // A tab at the start of a text is trimmed by the reader, so the texts here have none at their ends.
            var rows = new[] { new[] { "one", "two", "three" }, [.. cells] };
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(CsvAnswer.Cell)) + "\r\n"));
            var faults = new List<ImportFileFault>();
            var table = CsvTable.Read("f.csv", Encoding.UTF8.GetBytes(text), faults);
            return cells.All(one => one.Length == 0)
                ? table is null
                : table!.Lines[0].Cells.Select(one => one.Text).SequenceEqual(cells.Select(one => one.StartsWith('\'')
                    && one.Length > 1 && "=+-@\t\r".Contains(one[1], StringComparison.Ordinal) ? one[1..] : one));
        });
    }

    [Fact]
    public void A_workbook_gives_texts_numbers_dates_and_names_its_formulas()
    {
        using var body = new MemoryStream();
        MiniExcelLibs.MiniExcel.SaveAs(body, new[] { new { Id = "maple", Seats = 60, Ready = true } });
        var table = Table(body.ToArray(), "schools.xlsx");
        table.Headings.ShouldBe(["Id", "Seats", "Ready"]);
        table.Lines[0].Number.ShouldBe(2);
        table.Lines[0].Cells.Select(cell => cell.Text.ToUpperInvariant()).ShouldBe(["MAPLE", "60", "TRUE"]);

        var sheet = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>
            </sheetData></worksheet>
            """;
        Table(Replaced(body.ToArray(), sheet), "formula.xlsx").Lines[0].Cells[0].ShouldBe(new ImportCell("2", IsFormula: true));
    }

    [Fact]
    public void What_unpacks_to_too_much_is_refused_without_unpacking_all()
    {
        using var body = new MemoryStream();
        using (var zip = new ZipArchive(body, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            part.Write(new byte[ImportLimits.UnpackedBytes + 1]);
        }

        body.Length.ShouldBeLessThan(ImportLimits.Bytes);
        var faults = new List<ImportFileFault>();
        new ImportFile("bomb.xlsx", body.ToArray()).Table(faults).ShouldBeNull();
        faults.ShouldHaveSingleItem().Code.ShouldBe("unpacked");
    }

    [Property(MaxTest = 300)]
    public void No_bytes_break_the_reader(byte[] bytes, bool isWorkbook)
    {
        var faults = new List<ImportFileFault>();
        var file = new ImportFile("any", isWorkbook ? [(byte)'P', (byte)'K', 3, 4, .. bytes] : bytes);
        (file.Table(faults) is null).ShouldBe(faults.Count > 0);
    }

    private static ImportTable Table(byte[] bytes, string name = "f.csv")
    {
        var faults = new List<ImportFileFault>();
        var table = new ImportFile(name, bytes).Table(faults);
        faults.ShouldBeEmpty();
        return table!;
    }

    private static byte[] Bytes(string encoding, string text) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 with mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
        _ => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
    };

    /// <summary>The workbook with another first sheet.</summary>
    private static byte[] Replaced(byte[] workbook, string sheet)
    {
        using var body = new MemoryStream();
        body.Write(workbook);
        using (var zip = new ZipArchive(body, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal));
            var name = old.FullName;
            old.Delete();
            using var part = new StreamWriter(zip.CreateEntry(name).Open());
            part.Write(sheet);
        }

        return body.ToArray();
    }
}
