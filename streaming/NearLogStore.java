package topsongs;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Delta's log store for one writing driver, which lists a log from where it is asked to begin.
 *
 * <p>The store it extends asks for the whole log each time and drops what comes before: one request for each
 * thousand files, at every commit, and a day has a hundred thousand of them. Its own remedy,
 * delta.enableFastS3AListFrom, calls a method that Hadoop 3.5 no longer has.
 */
public class NearLogStore extends S3SingleDriverLogStore {
    public NearLogStore(Configuration configuration) {
        super(configuration);
    }

    @Override
    public Iterator listFrom(Path path, Configuration configuration) throws IOException {
        FileSystem fileSystem = path.getFileSystem(configuration);
        if (!(fileSystem instanceof S3AFileSystem)) {
            return super.listFrom(path, configuration);
        }
        try {
            Iterator found = new Listing((S3AFileSystem) fileSystem, fileSystem.makeQualified(path));
            // The usual way tells an empty log from one that is not there.
            return found.hasNext() ? found : super.listFrom(path, configuration);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** The files of a folder from one name on, asked for page by page. */
    private static class Listing implements Iterator {
        private final S3Client client;
        private final Path first;
        private final long blockSize;
        private ListObjectsV2Request next;
        private Iterator page = new ArrayList().iterator();

        Listing(S3AFileSystem fileSystem, Path first) {
            this.client = fileSystem.getS3AInternals().getAmazonS3Client("list a Delta log");
            this.first = first;
            this.blockSize = fileSystem.getDefaultBlockSize(first);
            String key = fileSystem.pathToKey(first);
            this.next = (ListObjectsV2Request) ListObjectsV2Request.builder()
                    .bucket(fileSystem.getBucket())
                    .prefix(fileSystem.pathToKey(first.getParent()) + "/")
                    .delimiter("/")
                    // S3 lists what comes after a key: one letter less, and the first file itself does.
                    .startAfter(key.substring(0, key.length() - 1))
                    .build();
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && next != null) {
                turnPage();
            }
            return page.hasNext();
        }

        @Override
        public Object next() {
            hasNext();
            return page.next();
        }

        /** Failures as Hadoop tells them: an interrupted request is how a query that stops ends. */
        private ListObjectsV2Response ask() {
            try {
                return client.listObjectsV2(next);
            } catch (SdkException failure) {
                throw new UncheckedIOException(S3AUtils.translateException("list", first, failure));
            }
        }

        private void turnPage() {
            ListObjectsV2Response answer = ask();
            List files = new ArrayList();
            for (Iterator objects = answer.contents().iterator(); objects.hasNext(); ) {
                S3Object object = (S3Object) objects.next();
                Path path = new Path(first.getParent(), object.key().substring(object.key().lastIndexOf('/') + 1));
                if (path.getName().compareTo(first.getName()) >= 0) {
                    long modified = object.lastModified().toEpochMilli();
                    files.add(new FileStatus(object.size().longValue(), false, 1, blockSize, modified, path));
                }
            }
            page = files.iterator();
            String token = answer.nextContinuationToken();
            next = token == null
                    ? null
                    : (ListObjectsV2Request) next.toBuilder().continuationToken(token).build();
        }
    }
}
